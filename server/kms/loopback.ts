import { BlockList, isIPv6 } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** @param client IP address; any other text gives false */
export const isLoopback = (client: string): boolean => loopback.check(client, isIPv6(client) ? 'ipv6' : 'ipv4')
