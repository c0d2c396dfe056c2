using System.Text;
using System.Xml.Linq;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Objects;

/// <summary>A server started by <c>./tarn up</c>, with one bucket.</summary>
internal sealed class TarnObjects(ServerProcess server) : IObjectTarget
{
    public const string Bucket = "bench";
    private const int PageKeys = 1000;

    private readonly ObjectSigner _signer = new(server.Address);

    public string Name => "tarn";

    public bool Serves => true;

    public TimeSpan CpuTime => server.CpuTime;

    public static async Task<TarnObjects> StartAsync(string directory)
    {
        var target = new TarnObjects(await Targets.StartTarnAsync(directory));
        await target.AskAsync("PUT", "/" + Bucket, "");
        return target;
    }

    public async Task<IObjectSession> OpenAsync() => await new HttpSession(
        server.Address, (method, name, length) => _signer.Sign(method, $"/{Bucket}/{name}", "", length))
        .ConnectAsync();

    public async Task<(long Objects, long Bytes)> CountAsync(string folder)
    {
        var (objects, bytes) = (0L, 0L);
        await foreach (var (_, size) in ListAsync(folder))
        {
            objects++;
            bytes += size;
        }

        return (objects, bytes);
    }

    public async Task ClearAsync(string folder)
    {
        await foreach (var (key, _) in ListAsync(folder))
        {
            await AskAsync("DELETE", $"/{Bucket}/{key}", "");
        }
    }

    /// <summary>One page of a listing in a raw form.</summary>
    public async Task<string> PageAsync(WireConnection connection, string folder, string? token)
    {
        var query = (token is null ? "" : $"continuation-token={Uri.EscapeDataString(token)}&")
            + $"list-type=2&max-keys={PageKeys}&prefix={Uri.EscapeDataString(folder + "/")}";
        var answer = await connection.ExchangeAsync(_signer.Sign("GET", "/" + Bucket, query, 0));
        return Encoding.UTF8.GetString(answer.Span);
    }

    public Task<WireConnection> ConnectAsync() => WireConnection.OpenAsync(server.Address);

    public void Dispose() => server.Dispose();

    private async IAsyncEnumerable<(string Key, long Size)> ListAsync(string folder)
    {
        using var connection = await ConnectAsync();
        string? token = null;
        do
        {
            var page = XDocument.Parse(await PageAsync(connection, folder, token)).Root!;
            var space = page.Name.Namespace;
            foreach (var row in page.Elements(space + "Contents"))
            {
                yield return ((string)row.Element(space + "Key")!, (long)row.Element(space + "Size")!);
            }

            token = (string?)page.Element(space + "NextContinuationToken");
        }
        while (token is not null);
    }

    private async Task AskAsync(string method, string path, string query)
    {
        using var session = await new HttpSession(
            server.Address, (_, _, length) => _signer.Sign(method, path, query, length)).ConnectAsync();
        var shape = new ObjectShape(method, 0, 1);
        session.Prepare(shape, path);
        await session.GetAsync(shape, path);
    }
}
