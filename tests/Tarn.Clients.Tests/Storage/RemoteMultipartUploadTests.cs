using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Tests.Objects;
using Tarn.Storage.Tests.Objects.Multipart;

namespace Tarn.Clients.Tests.Storage;

public sealed class RemoteMultipartUploadTests(RemoteServer server)
    : MultipartUploadContract, IClassFixture<RemoteServer>
{
    private readonly RemoteStores _stores = new(server);

    protected override StoreTraits Traits => server.Traits;

    protected override IMultipartUploads Uploads => _stores.Uploads;

    protected override Task<IObjectStore> OpenAsync() => Task.FromResult(_stores.Objects);

    protected override Task CloseAsync() => _stores.CloseAsync();
}
