using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Tarn.Aws.Listening;

/// <summary>
/// Accepts the port's connections and keeps those of HTTP/1.1; the others go to the queue for HTTP/2. A connection that
/// has not sent enough bytes to be told is waited for on its own, at most half a minute or until the port closes, so
/// it holds up nobody. When the system refuses a connection (no file descriptors left), it says so and tries again.
/// </summary>
internal sealed partial class SplitListener : IConnectionListener
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstBytesTimeMax = TimeSpan.FromSeconds(30);

    private readonly IConnectionListener port;
    private readonly ConnectionQueue http1;
    private readonly ConnectionQueue http2;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private readonly Task accepting;

    public SplitListener(IConnectionListener port, ConnectionQueue http2, TimeProvider time, ILogger logger)
    {
        this.port = port;
        this.http2 = http2;
        this.time = time;
        this.logger = logger;
        http1 = new ConnectionQueue(port.EndPoint);
        accepting = AcceptAllAsync();
    }

    public EndPoint EndPoint => port.EndPoint;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        http1.AcceptAsync(cancellationToken);

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await port.UnbindAsync(cancellationToken);
        await accepting;
        await ending.CancelAsync();
        await http1.UnbindAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await port.DisposeAsync();
        ending.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        while (true)
        {
            try
            {
                if (await port.AcceptAsync() is not { } connection)
                {
                    return;
                }

                _ = RouteAsync(connection);
            }
            catch (SocketException cause)
            {
                NotAccepted(cause);
                await Task.Delay(PauseAfterFailure, time);
            }
        }
    }

    [LoggerMessage(1111, LogLevel.Error, "a connection could not be accepted; trying again")]
    private partial void NotAccepted(Exception cause);

    private async Task RouteAsync(ConnectionContext connection)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
            limit.CancelAfter(FirstBytesTimeMax);
            await (await IsHttp2Async(connection, limit.Token) ? http2 : http1).AddAsync(connection);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>Reads until the bytes differ from the preface or hold it whole; leaves them to be read again.</summary>
    private static async Task<bool> IsHttp2Async(ConnectionContext connection, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(cancellation);
            var length = Math.Min(read.Buffer.Length, Preface.Length);
            var begins = Preface[..(int)length].SequenceEqual(read.Buffer.Slice(0, length).ToArray());
            var isDecided = !begins || length == Preface.Length || read.IsCompleted;
            connection.Transport.Input.AdvanceTo(read.Buffer.Start, isDecided ? read.Buffer.Start : read.Buffer.End);
            if (isDecided)
            {
                return begins && length == Preface.Length;
            }
        }
    }
}
