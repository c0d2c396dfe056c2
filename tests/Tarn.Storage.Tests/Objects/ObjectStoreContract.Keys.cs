using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Storage.Tests.Objects;

public abstract partial class ObjectStoreContract
{
    /// <summary>Keys that a file system has no name for, or only one name for two of them.</summary>
    protected static IReadOnlyList<string> HostileKeys { get; } =
    [
        "/", "//", "///x", "/lead", "trail/", "trail//", "a//b",
        ".", "..", "./x", "../x", "../../../../etc/passwd", "x/../y", "x/..", "x/./y",
        "a", "a/b", "a/b/c", "a/b/c/", "a/", "A", "e\u0301", "é", "😀",
        "nul\0key", "nul\0", "\0", "line\nbreak", "tab\t/\u0001", "\u007f", "\u0085",
        "%", "%7E", "%~", "%~e", "%~eA", "%~fa", "%~da/b", "%~k/61=", "%25",
        "back\\slash", "C:\\x", "con", "quote'\"", "*?<>|", "~", "-rf", " ", " /x",
        Run('s', 253), Run('s', 253) + "/w", Run('s', 254), Run('s', 254) + "/u", Run('s', 255), Run('s', 255) + "/t",
        Run('s', 256), Run('s', 256) + "/v", Run('é', 127) + "x", Run('é', 512), Run('/', 1024), Run('\u0001', 1024),
        Repeat("\u0001/", 512), Repeat(".a/", 341), Repeat("../", 341),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Put_HostileKeysInAnyOrder_EachKeepsItsOwnBytes(int seed)
    {
        foreach (var refused in HostileKeys.Where(key => !IsKept(key)))
        {
            Assert.Equal(ErrorKind.Invalid, (await Assert.ThrowsAsync<TarnException>(() => Put(refused))).Kind);
        }

        var keys = HostileKeys.Where(IsKept).ToArray();
        new Random(seed).Shuffle(keys);
        foreach (var key in keys)
        {
            await Put(key, "first " + key);
            await Put(key, "of " + key);
        }

        foreach (var key in keys)
        {
            Assert.Equal("of " + key, await Text(key));
            using var local = await Store.OpenLocalAsync(Key(key), None);
            Assert.Equal("of " + key, await File.ReadAllTextAsync(local!.Path));
        }

        Assert.Equal(keys.Order(), (await Walk("", null, 10)).Order());
        foreach (var key in keys.Reverse())
        {
            Assert.True(await Store.DeleteAsync(Key(key), None));
        }

        Assert.Empty(await Walk("", null, 10));
        await Store.DeleteBucketAsync(Bucket, None);
    }

    [Fact]
    public async Task Put_ConflictingKeysAtOnce_AllAreKept()
    {
        var keys = Enumerable.Range(0, 6).Select(depth => Repeat("d/", depth) + "d").ToArray();
        for (var round = 0; round < 8; round++)
        {
            await Task.WhenAll(keys.Select(key => Task.Run(() => Put(key, key))));
            foreach (var key in keys)
            {
                Assert.Equal(key, await Text(key));
            }

            await Task.WhenAll(keys.Select(key => Task.Run(() => Store.DeleteAsync(Key(key), None))));
        }

        Assert.Empty(await Walk("", null, 10));
    }

    [Fact]
    public async Task Open_WhileOthersReplaceAndDelete_BytesMatchTheirAttributes()
    {
        var stop = new CancellationTokenSource();
        var bodies = Enumerable.Range(1, 5).Select(size => new string((char)('a' + size), size * 7_000)).ToArray();
        await Put("k", bodies[0]);
        var seen = 0;
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await using var content = await Store.OpenAsync(Key("k"), null, None);
                if (content is null)
                {
                    continue;
                }

                var copy = new MemoryStream();
                await content.Body.CopyToAsync(copy);
                Assert.Equal(content.Info.ETag, Md5(copy.ToArray()));
                Interlocked.Increment(ref seen);
            }
        })).ToArray();
        for (var i = 0; i < 200; i++)
        {
            await Put("k", bodies[i % bodies.Length]);
            if (i % 10 == 0)
            {
                await Store.DeleteAsync(Key("k"), None);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.True(seen > 0);
    }

    private static string Run(char letter, int count) => new(letter, count);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
