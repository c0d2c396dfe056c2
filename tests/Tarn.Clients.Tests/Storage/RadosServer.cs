using Tarn.Storage.Tests.Objects;
using Tarn.Testing;

namespace Tarn.Clients.Tests.Storage;

/// <summary>Debian's radosgw, started once for all tests that need it and only where it is installed.</summary>
public sealed class RadosServer : S3Service
{
    private RadosGateway? _gateway;

    internal override StoreTraits Traits { get; } = new()
    {
        MatchesETags = false,
        HasConditionalCopies = false,
        HasConditionalCompletions = false,
        DropsParts = false,
        DatesBytesOnly = false,
        WalkedKeys = 20,
    };

    public override async Task InitializeAsync()
    {
        if (RadosGateway.IsInstalled)
        {
            var folder = Folder.CreateSubdirectory("rados").FullName;
            _gateway = await RadosGateway.StartAsync(folder, isDurable: false, "TARNTESTS", "only-for-tests");
            await MakeBucketAsync(_gateway.Address, _gateway.AccessKeyId, _gateway.Secret);
        }
    }

    protected override async Task StopAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
    }
}
