using System.Text;
using System.Xml.Linq;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Objects;

/// <summary>One bucket of an S3 service, asked with signed requests.</summary>
internal abstract class S3Objects(Uri address) : IObjectTarget
{
    public const string Bucket = "bench";
    private const int PageKeys = 1000;

    private readonly ObjectSigner _signer = new(address);

    public abstract string Name { get; }

    public bool Serves => true;

    public abstract TimeSpan CpuTime { get; }

    public Task MakeBucketAsync() => AskAsync("PUT", "/" + Bucket, "");

    public async Task<IObjectSession> OpenAsync() => await new HttpSession(
        address, (method, name, length) => _signer.Sign(method, $"/{Bucket}/{name}", "", length))
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

    public Task<WireConnection> ConnectAsync() => WireConnection.OpenAsync(address);

    public abstract void Dispose();

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
            address, (_, _, length) => _signer.Sign(method, path, query, length)).ConnectAsync();
        var shape = new ObjectShape(method, 0, 1);
        session.Prepare(shape, path);
        await session.GetAsync(shape, path);
    }
}
