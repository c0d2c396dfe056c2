using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Aws.Listening;

namespace Tarn.Aws.Tests.Listening;

public sealed class AcceptFailureTests
{
    [Fact]
    public async Task Accept_SystemRefusesConnections_GoesOnAccepting()
    {
        var port = new ScriptedPort(failures: 2);
        await using var http2 = new ConnectionQueue(new Http2EndPoint());
        await using var listener = new SplitListener(port, http2, TimeProvider.System, NullLogger.Instance);

        await port.AskedAgain.WaitAsync(TimeSpan.FromSeconds(30));
        await listener.UnbindAsync();

        Assert.Equal(3, port.AcceptCount);
    }

    /// <summary>Fails as a process without file descriptors does, then has no more connections until unbound.</summary>
    private sealed class ScriptedPort(int failures) : IConnectionListener
    {
        private readonly TaskCompletionSource askedAgain = new();
        private readonly TaskCompletionSource<ConnectionContext?> unbound = new();

        public Task AskedAgain => askedAgain.Task;

        public int AcceptCount { get; private set; }

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 1);

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            if (++AcceptCount <= failures)
            {
                throw new SocketException((int)SocketError.TooManyOpenSockets);
            }

            askedAgain.SetResult();
            return await unbound.Task;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            unbound.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync(default);
    }
}
