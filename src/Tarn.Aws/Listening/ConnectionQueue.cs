using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Tarn.Aws.Listening;

/// <summary>
/// A listener whose connections were accepted elsewhere. Bounded; whoever accepts waits while it is full.
/// </summary>
internal sealed class ConnectionQueue(EndPoint endPoint) : IConnectionListener
{
    private const int WaitingMax = 512;

    private readonly Channel<ConnectionContext> waiting = Channel.CreateBounded<ConnectionContext>(WaitingMax);

    public EndPoint EndPoint { get; } = endPoint;

    /// <summary>Hands a connection over; one that comes after the end is closed.</summary>
    public async ValueTask AddAsync(ConnectionContext connection)
    {
        try
        {
            await waiting.Writer.WriteAsync(connection);
        }
        catch (ChannelClosedException)
        {
            await connection.DisposeAsync();
        }
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            if (waiting.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        waiting.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
