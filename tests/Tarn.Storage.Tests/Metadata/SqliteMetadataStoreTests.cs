using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Storage.Tests.Metadata;

public sealed class SqliteMetadataStoreTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private SqliteMetadataStore Store => Lake.Storage.Metadata;

    public async Task InitializeAsync() => _opened = await TestLake.OpenAsync();

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    [Fact]
    public async Task Apply_CreatePutDelete_VersionsCountUp()
    {
        await Apply(MetadataChange.Create("stream", "s", "{\"a\":1}"));
        Assert.Equal(new Resource("stream", "s", "{\"a\":1}", 1), await Store.FindAsync("stream", "s", None));
        await Apply(MetadataChange.Put("stream", "s", "{\"a\":2}", 1));
        await Apply(MetadataChange.Put("stream", "s", "{\"a\":3}"));
        await Lake.ReopenAsync();
        Assert.Equal(new Resource("stream", "s", "{\"a\":3}", 3), await Store.FindAsync("stream", "s", None));
        await Apply(MetadataChange.Delete("stream", "s", 3));
        Assert.Null(await Store.FindAsync("stream", "s", None));
        await Apply(MetadataChange.Delete("stream", "s"));
    }

    [Fact]
    public async Task Apply_OneOfManyDoesNotFit_NothingHappensAndItIsNamed()
    {
        await Apply(MetadataChange.Create("table", "a", "1"), MetadataChange.Create("table", "b", "1"));
        await AssertConflict(
            "table 'b' was changed by somebody else",
            MetadataChange.Put("table", "a", "2", 1),
            MetadataChange.Put("table", "b", "2", 7),
            MetadataChange.Create("table", "a", "3"));
        await AssertConflict(
            "table 'a' already exists", MetadataChange.Delete("table", "b"), MetadataChange.Create("table", "a", "2"));
        await AssertConflict(
            "table 'c' does not exist any more",
            MetadataChange.Delete("table", "b"),
            MetadataChange.Delete("table", "c", 1));
        await AssertConflict(
            "table 'c' does not exist any more",
            MetadataChange.Delete("table", "b"),
            MetadataChange.Require("table", "c"));
        Assert.Equal(
            [new Resource("table", "a", "1", 1), new Resource("table", "b", "1", 1)],
            await Store.ListAsync("table", "", null, 10, None));
    }

    [Fact]
    public async Task Apply_Require_LeavesTheResourceAsItIs()
    {
        await Apply(MetadataChange.Create("table", "a", "1"));
        await Apply(MetadataChange.Require("table", "a"), MetadataChange.Require("table", "a", 1));
        await AssertConflict("table 'a' was changed by somebody else", MetadataChange.Require("table", "a", 2));
        Assert.Equal(1, (await Store.FindAsync("table", "a", None))!.Version);
    }

    [Fact]
    public async Task Apply_DeletePrefix_TakesAllBelowAndNothingElse()
    {
        string[] names = ["a", "a/1", "a/1/x", "a/é", "a0", "b/1"];
        await Apply([.. names.Select(name => MetadataChange.Create("p", name, "{}"))]);
        await Apply(MetadataChange.Create("q", "a/1", "{}"), MetadataChange.DeletePrefix("p", "a/"));
        Assert.Equal(["a", "a0", "b/1"], await Names("p"));
        Assert.Equal(["a/1"], await Names("q"));
    }

    [Fact]
    public async Task Apply_SameResourceTwiceInABatch_HappensInOrder()
    {
        await Apply(MetadataChange.Create("k", "n", "1"), MetadataChange.Put("k", "n", "2", 1));
        Assert.Equal(new Resource("k", "n", "2", 2), await Store.FindAsync("k", "n", None));
    }

    [Fact]
    public async Task List_PrefixAfterCount_AreInUtf8Order()
    {
        string[] names = ["a", "a/", "a/1", "a/10", "a/2", "a0", "B", "b", "é", "Ａ", "😀"];
        await Apply([.. names.Select(name => MetadataChange.Create("k", name, "{}"))]);
        Assert.Equal(["B", "a", "a/", "a/1", "a/10", "a/2", "a0", "b", "é", "Ａ", "😀"], await Names("k"));
        Assert.Equal(["a/", "a/1", "a/10", "a/2"], await Names("k", "a/"));
        Assert.Equal(["a/10", "a/2"], await Names("k", "a/", "a/1"));
        Assert.Equal(["a/"], await Names("k", "a/", "A", 1));
        Assert.Empty(await Names("k", "a/", "b"));
        Assert.Empty(await Names("k", "", null, 0));
        Assert.Empty(await Names("other"));
    }

    [Fact]
    public async Task Apply_NameWithoutUtf8Form_IsRefused()
    {
        (string, string)[] wrong = [("", "n"), ("k", ""), ("k", "nul\0"), ("k", "half \ud800 pair")];
        foreach (var (kind, name) in wrong)
        {
            var failure = await Assert.ThrowsAsync<TarnException>(() => Apply(MetadataChange.Create(kind, name, "{}")));
            Assert.Equal(ErrorKind.Invalid, failure.Kind);
        }
    }

    [Fact]
    public async Task Apply_ManyAtOnceOnOneVersion_ExactlyOneWins()
    {
        await Apply(MetadataChange.Create("k", "n", "start"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(
            () => Record.ExceptionAsync(() => Apply(MetadataChange.Put("k", "n", $"{i}", 1))))));
        Assert.Single(outcomes, outcome => outcome is null);
        Assert.All(
            outcomes.OfType<Exception>(),
            outcome => Assert.Equal(ErrorKind.Conflict, Assert.IsType<TarnException>(outcome).Kind));
        Assert.Equal(2, (await Store.FindAsync("k", "n", None))!.Version);
    }

    [Fact]
    public async Task Apply_ManyAtOnce_AllAreDurable()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(
            () => Apply(MetadataChange.Create("k", $"{i:D3}", "{}")))));
        await Lake.ReopenAsync();
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i:D3}"), await Names("k"));
    }

    [Fact]
    public async Task Apply_AfterClose_IsUnavailable()
    {
        var store = Store;
        await Lake.CloseAsync();
        var failure = await Assert.ThrowsAsync<TarnException>(
            () => store.ApplyAsync([MetadataChange.Create("k", "n", "{}")], None));
        Assert.Equal(ErrorKind.Unavailable, failure.Kind);
    }

    private Task Apply(params MetadataChange[] changes) => Store.ApplyAsync(changes, None);

    private async Task<IEnumerable<string>> Names(
        string kind, string prefix = "", string? after = null, int countMax = 1000) =>
        (await Store.ListAsync(kind, prefix, after, countMax, None)).Select(resource => resource.Name);

    private async Task AssertConflict(string message, params MetadataChange[] changes)
    {
        var failure = await Assert.ThrowsAsync<TarnException>(() => Apply(changes));
        Assert.Equal((ErrorKind.Conflict, message), (failure.Kind, failure.Message));
    }
}
