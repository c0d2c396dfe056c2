using Tarn.Clients.Tests.Servers;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Tests.Objects;
using Tarn.Storage.Tests.Objects.Multipart;
using Tarn.Testing;

namespace Tarn.Clients.Tests.Storage;

[NeedsProgram(RadosGateway.Program)]
[Collection(RadosCollection.Name)]
public sealed class RadosMultipartUploadTests(RadosServer server) : MultipartUploadContract
{
    private readonly RemoteStores _stores = new(server);

    protected override StoreTraits Traits => server.Traits;

    protected override IMultipartUploads Uploads => _stores.Uploads;

    protected override Task<IObjectStore> OpenAsync() => Task.FromResult(_stores.Objects);

    protected override Task CloseAsync() => _stores.CloseAsync();
}
