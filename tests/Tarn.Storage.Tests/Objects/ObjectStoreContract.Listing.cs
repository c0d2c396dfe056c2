using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Storage.Tests.Objects;

public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task List_AnyKeys_AreInUtf8ByteOrder()
    {
        // Ordinal UTF-16 order would put the emoji (surrogates D83D) before U+FF21.
        string[] keys = ["a", "a!", "a/b", "A", "Ａ", "😀", "é", "z", "0"];
        foreach (var key in keys)
        {
            await Put(key);
        }

        var page = await Store.ListAsync(Bucket, new ObjectListing(), None);
        Assert.Equal(["0", "A", "a", "a!", "a/b", "z", "é", "Ａ", "😀"], page.Objects.Select(o => o.Key.Key));
        Assert.Null(page.NextAfter);
        Assert.Empty(page.CommonPrefixes);
        Assert.Equal((1, 32), (page.Objects[0].Size, page.Objects[0].ETag.Length));
    }

    [Fact]
    public async Task List_Delimiter_FoldsCommonPrefixes()
    {
        await PutAll("a.txt", "raw/x/1", "raw/x/2", "raw/y/1", "raw/z", "rawer/1", "z.txt");
        var top = await Store.ListAsync(Bucket, new ObjectListing { Delimiter = "/" }, None);
        Assert.Equal(["a.txt", "z.txt"], top.Objects.Select(o => o.Key.Key));
        Assert.Equal(["raw/", "rawer/"], top.CommonPrefixes);
        var raw = await Store.ListAsync(Bucket, new ObjectListing { Delimiter = "/", Prefix = "raw/" }, None);
        Assert.Equal(["raw/z"], raw.Objects.Select(o => o.Key.Key));
        Assert.Equal(["raw/x/", "raw/y/"], raw.CommonPrefixes);
        var partial = await Store.ListAsync(Bucket, new ObjectListing { Delimiter = "/", Prefix = "raw" }, None);
        Assert.Equal(["raw/", "rawer/"], partial.CommonPrefixes);
    }

    [Fact]
    public async Task List_AfterWithinACommonPrefix_LeavesThatPrefixOut()
    {
        await PutAll("a/1", "b/1", "b/2", "c/1");
        var page = await Store.ListAsync(Bucket, new ObjectListing { Delimiter = "/", After = "b/1" }, None);
        Assert.Equal(["c/"], page.CommonPrefixes);
        page = await Store.ListAsync(Bucket, new ObjectListing { Delimiter = "/", After = "b" }, None);
        Assert.Equal(["b/", "c/"], page.CommonPrefixes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task List_PageSizeOutside_IsRefused(int entriesMax)
    {
        var failure = await Assert.ThrowsAsync<TarnException>(
            () => Store.ListAsync(Bucket, new ObjectListing { EntriesMax = entriesMax }, None));
        Assert.Equal(ErrorKind.Invalid, failure.Kind);
    }

    [Fact]
    public async Task List_PagesOfRandomKeys_AgreeWithAPlainSort()
    {
        var random = new Random(42);
        var keys = Enumerable.Range(0, Traits.WalkedKeys).Select(_ => RandomKey(random)).Distinct().ToArray();
        await PutAll(keys);
        foreach (var prefix in (string[])["", "a", "a/", "/", "b-", "é"])
        {
            foreach (var delimiter in (string?[])[null, "/", "-", "a/"])
            {
                var expected = Expected(keys, prefix, delimiter);
                Assert.Equal(expected, await Walk(prefix, delimiter, entriesMax: 1));
                Assert.Equal(expected, await Walk(prefix, delimiter, entriesMax: 7));
                Assert.Equal(expected, await Walk(prefix, delimiter, entriesMax: 1000));
            }
        }
    }

    private static string RandomKey(Random random)
    {
        string[] parts = ["a", "b", "/", "/", "-", "é", "ab", "😀"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => parts[random.Next(parts.Length)]));
    }

    private static List<string> Expected(string[] keys, string prefix, string? delimiter) => keys
        .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(key => Fold(key, prefix, delimiter))
        .Distinct()
        .OrderBy(Utf8Order, StringComparer.Ordinal)
        .ToList();

    private static string Utf8Order(string entry) => Convert.ToHexString(Encoding.UTF8.GetBytes(entry));

    private static string Fold(string key, string prefix, string? delimiter)
    {
        var at = delimiter is null ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? key : key[..(at + delimiter!.Length)];
    }

    private async Task<List<string>> Walk(string prefix, string? delimiter, int entriesMax)
    {
        var entries = new List<string>();
        string? after = null;
        do
        {
            var page = await Store.ListAsync(
                Bucket,
                new ObjectListing { Prefix = prefix, Delimiter = delimiter, After = after, EntriesMax = entriesMax },
                None);
            var found = page.Objects.Select(o => o.Key.Key).Concat(page.CommonPrefixes);
            entries.AddRange(found.OrderBy(Utf8Order, StringComparer.Ordinal));
            after = page.NextAfter;
        }
        while (after is not null);
        return entries;
    }

    private async Task PutAll(params string[] keys)
    {
        foreach (var key in keys)
        {
            await Put(key);
        }
    }
}
