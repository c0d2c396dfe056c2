using Tarn.Clients.Tests.Servers;
using Tarn.Storage.Tests.Objects;

namespace Tarn.Clients.Tests.Storage;

/// <summary>A second Tarn.</summary>
public sealed class RemoteServer : S3Service
{
    private TarnServerProcess? _server;

    internal override StoreTraits Traits { get; } = new() { WalkedKeys = 40 };

    public override async Task InitializeAsync()
    {
        _server = await TarnServerProcess.StartAsync("--data", Path.Combine(Folder.FullName, "data"));
        await MakeBucketAsync(_server.Aws, _server.AccessKeyId, _server.Secret);
    }

    protected override async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
