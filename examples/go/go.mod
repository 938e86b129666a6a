module example.test/kms

go 1.22
