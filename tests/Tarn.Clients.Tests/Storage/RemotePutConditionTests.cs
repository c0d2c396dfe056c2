using Tarn.Storage.Objects;
using Tarn.Storage.Tests.Objects;

namespace Tarn.Clients.Tests.Storage;

public sealed class RemotePutConditionTests(RemoteServer server) : PutConditionContract, IClassFixture<RemoteServer>
{
    private readonly RemoteStores _stores = new(server);

    protected override StoreTraits Traits => server.Traits;

    protected override Task<IObjectStore> OpenAsync() => Task.FromResult(_stores.Objects);

    protected override Task CloseAsync() => _stores.CloseAsync();
}
