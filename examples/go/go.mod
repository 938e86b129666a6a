module kms.example

go 1.22
