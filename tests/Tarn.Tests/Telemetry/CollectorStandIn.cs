using System.Net;
using System.Net.Sockets;

namespace Tarn.Tests.Telemetry;

/// <summary>Takes the first request that is sent to it over HTTP, as an OpenTelemetry collector would.</summary>
internal sealed class CollectorStandIn : IDisposable
{
    private readonly HttpListener listener = new();

    public CollectorStandIn()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        Received = ReceiveAsync();
    }

    public Uri Address { get; }

    public Task<(string Path, byte[] Body)> Received { get; }

    public void Dispose() => listener.Close();

    private async Task<(string Path, byte[] Body)> ReceiveAsync()
    {
        var context = await listener.GetContextAsync();
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        context.Response.StatusCode = 200;
        context.Response.Close();
        return (context.Request.Url!.AbsolutePath, body.ToArray());
    }
}
