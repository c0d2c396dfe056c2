using System.Buffers.Text;
using System.Net.Sockets;

namespace Tarn.Benchmarks.Ingest.Wire;

/// <summary>
/// One keep-alive connection on a bare socket: the two cores are shared with the server, and an HTTP client would take
/// as much of them as the server does. One exchange at a time.
/// </summary>
internal sealed class WireConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[256 << 10];
    private int _filled;

    public static async Task<WireConnection> OpenAsync(Uri address)
    {
        var connection = new WireConnection();
        await connection._socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    /// <summary>Sends a whole request and returns the answer's body, which is valid until the next exchange.</summary>
    /// <exception cref="IOException">The answer's status is not 200, or the connection ended.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request[sent..]);
        }

        _filled = 0;
        int bodyStart;
        while ((bodyStart = BodyStart()) < 0)
        {
            await FillAsync();
        }

        var head = AnswerHead.Read(_buffer.AsSpan(0, bodyStart));
        var body = head.Length is { } length
            ? await ReadPlainAsync(bodyStart, length)
            : await ReadChunkedAsync(bodyStart);
        return head.Status == 200
            ? body
            : throw new IOException($"status {head.Status}: {System.Text.Encoding.UTF8.GetString(body.Span)}");
    }

    public void Dispose() => _socket.Dispose();

    private int BodyStart()
    {
        var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
        return end < 0 ? -1 : end + 4;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadPlainAsync(int start, int length)
    {
        while (_filled < start + length)
        {
            await FillAsync();
        }

        return _buffer.AsMemory(start, length);
    }

    /// <summary>Moves the chunks together over their own frames.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadChunkedAsync(int start)
    {
        var (at, end) = (start, start);
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync();
            }

            if (!Utf8Parser.TryParse(_buffer.AsSpan(at, line), out int size, out _, 'x'))
            {
                throw new IOException("a chunk without its size");
            }

            at += line + 2;
            while (_filled < at + size + 2)
            {
                await FillAsync();
            }

            if (size == 0)
            {
                return _buffer.AsMemory(start, end - start);
            }

            _buffer.AsSpan(at, size).CopyTo(_buffer.AsSpan(end));
            end += size;
            at += size + 2;
        }
    }

    private async ValueTask FillAsync()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += read > 0 ? read : throw new IOException("the server closed the connection");
    }
}
