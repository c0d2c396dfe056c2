using Tarn.Storage.Objects;

namespace Tarn.Storage.Tests.Objects.Local;

public sealed class LocalPutConditionTests : PutConditionContract
{
    private TestLake? _lake;

    protected override async Task<IObjectStore> OpenAsync()
    {
        _lake = await TestLake.OpenAsync();
        return _lake.Storage.Objects;
    }

    protected override async Task CloseAsync() => await _lake!.DisposeAsync();
}
