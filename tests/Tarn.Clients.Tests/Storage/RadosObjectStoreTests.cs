using Tarn.Clients.Tests.Servers;
using Tarn.Storage.Objects;
using Tarn.Storage.Tests.Objects;
using Tarn.Testing;

namespace Tarn.Clients.Tests.Storage;

[NeedsProgram(RadosGateway.Program)]
[Collection(RadosCollection.Name)]
public sealed class RadosObjectStoreTests(RadosServer server) : ObjectStoreContract
{
    private readonly RemoteStores _stores = new(server);

    protected override StoreTraits Traits => server.Traits;

    protected override int KeyBytesMax => _stores.KeyBytesMax(Bucket);

    protected override bool IsKept(string key) => base.IsKept(key) && RemoteStores.CanKeep(key);

    protected override Task<IObjectStore> OpenAsync() => Task.FromResult(_stores.Objects);

    protected override Task CloseAsync() => _stores.CloseAsync();
}
