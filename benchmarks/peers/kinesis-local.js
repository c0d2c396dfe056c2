// Serves npm kinesis-local on loopback: node kinesis-local.js PORT TLSPORT. In memory; delays of its mock are set to 0.
const net = require('net')
const [port, tlsPort] = process.argv.slice(2)
Object.assign(process.env, {
  KINESIS_MOCK_PLAIN_PORT: port,
  KINESIS_MOCK_TLS_PORT: tlsPort,
  CREATE_STREAM_DURATION: '0ms',
  DELETE_STREAM_DURATION: '0ms',
  SHARD_LIMIT: '100',
  LOG_LEVEL: 'ERROR',
})
process.chdir(require('path').dirname(require.resolve('kinesis-local')))
require('kinesis-local')
const poll = () => {
  const socket = net.connect(Number(port), '127.0.0.1', () => {
    socket.destroy()
    console.log(`ready http://127.0.0.1:${port}`)
  })
  socket.on('error', () => setTimeout(poll, 100))
}
poll()
process.stdin.on('end', () => process.exit(0)).resume()
