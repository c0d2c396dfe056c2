using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Tests.Objects.Multipart;

namespace Tarn.Storage.Tests.Objects.Local.Uploads;

public sealed class LocalMultipartUploadTests : MultipartUploadContract
{
    private TestLake? _lake;

    protected override IMultipartUploads Uploads => _lake!.Storage.Uploads;

    protected override async Task<IObjectStore> OpenAsync()
    {
        _lake = await TestLake.OpenAsync();
        return _lake.Storage.Objects;
    }

    protected override async Task CloseAsync() => await _lake!.DisposeAsync();
}
