using Tarn.Primitives.Identity;

namespace Tarn.Primitives.Tests.Identity;

public sealed class IdSourceTests
{
    [Fact]
    public void Next_OfTheSystem_IsAlwaysNewAndOfVersion7()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => IdSource.System.Next()).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(7, id.Version));
    }
}
