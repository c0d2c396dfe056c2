using Tarn.Jobs.Inputs;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Jobs.Tests.Inputs;

public sealed class InputLedgerTests
{
    private readonly InMemoryMetadataStore _metadata = new();

    [Fact]
    public async Task FindNew_ObjectsUsedBefore_AreLeftOut()
    {
        var ledger = new InputLedger(_metadata);
        var objects = Enumerable.Range(0, 2500).Select(n => Info($"raw/{n:D5}", $"etag-{n}")).ToList();
        var used = objects.Where((_, index) => index % 3 != 0).Select(JobInput.Of).ToList();
        await _metadata.ApplyAsync([.. InputLedger.PlanUse("curate", 1, used)], default);

        var found = await ledger.FindNewAsync("curate", objects, default);

        Assert.Equal(objects.Where((_, index) => index % 3 == 0).Select(JobInput.Of), found);
    }

    [Fact]
    public async Task FindNew_SameNameWithOtherBytes_IsNew()
    {
        var ledger = new InputLedger(_metadata);
        await _metadata.ApplyAsync([.. InputLedger.PlanUse("curate", 1, [JobInput.Of(Info("raw/a", "1"))])], default);

        Assert.Empty(await ledger.FindNewAsync("curate", [Info("raw/a", "1")], default));
        Assert.Single(await ledger.FindNewAsync("curate", [Info("raw/a", "2")], default));
        Assert.Single(await ledger.FindNewAsync("other", [Info("raw/a", "1")], default));
    }

    private static ObjectInfo Info(string key, string etag) =>
        new(new ObjectKey("lake", key), 10, etag, default, ObjectAttributes.None);
}
