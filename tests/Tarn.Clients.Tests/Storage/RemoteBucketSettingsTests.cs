using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Tests.Objects;
using Tarn.Storage.Tests.Objects.Buckets;

namespace Tarn.Clients.Tests.Storage;

public sealed class RemoteBucketSettingsTests(RemoteServer server)
    : BucketSettingsContract, IClassFixture<RemoteServer>
{
    private readonly RemoteStores _stores = new(server);

    protected override StoreTraits Traits => server.Traits;

    protected override IBucketSettings Settings => _stores.Settings;

    protected override Task<IObjectStore> OpenAsync() => Task.FromResult(_stores.Objects);

    protected override Task ReopenAsync() => _stores.ReopenAsync();

    protected override Task CloseAsync() => _stores.CloseAsync();
}
