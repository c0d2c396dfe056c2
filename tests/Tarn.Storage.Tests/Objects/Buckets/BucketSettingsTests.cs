using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Tests.Objects.Buckets;

public sealed class BucketSettingsTests : BucketSettingsContract
{
    private TestLake? _lake;

    protected override IBucketSettings Settings => _lake!.Storage.Settings;

    protected override async Task<IObjectStore> OpenAsync()
    {
        _lake = await TestLake.OpenAsync();
        return _lake.Storage.Objects;
    }

    protected override async Task ReopenAsync() => await _lake!.ReopenAsync();

    protected override async Task CloseAsync() => await _lake!.DisposeAsync();
}
