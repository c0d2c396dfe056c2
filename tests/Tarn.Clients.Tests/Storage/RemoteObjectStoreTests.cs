using Tarn.Storage.Objects;
using Tarn.Storage.Tests.Objects;

namespace Tarn.Clients.Tests.Storage;

public sealed class RemoteObjectStoreTests(RemoteServer server) : ObjectStoreContract, IClassFixture<RemoteServer>
{
    private readonly RemoteStores _stores = new(server);

    protected override StoreTraits Traits => server.Traits;

    protected override int KeyBytesMax => _stores.KeyBytesMax(Bucket);

    protected override bool IsKept(string key) => base.IsKept(key) && RemoteStores.CanKeep(key);

    protected override Task<IObjectStore> OpenAsync() => Task.FromResult(_stores.Objects);

    protected override Task CloseAsync() => _stores.CloseAsync();
}
