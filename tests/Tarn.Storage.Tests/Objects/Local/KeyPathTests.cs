using System.Text;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Tests.Objects.Local;

public sealed class KeyPathTests
{
    [Theory]
    [InlineData("raw/scores/year=2026/month=11/a b+c.json.gz", "raw/scores/year=2026/month=11/a b+c.json.gz")]
    [InlineData("time=10%3A00/x", "time=10%3A00/x")]
    [InlineData("_SUCCESS", "_SUCCESS")]
    [InlineData(".hidden/..x", ".hidden/..x")]
    [InlineData("ünï/😀", "ünï/😀")]
    [InlineData("/a//", "%~e/a/%~e/%~e")]
    [InlineData("../.", "%~e../%~e.")]
    [InlineData("a\nb%", "%~ea%0Ab%25")]
    [InlineData("\0/\u0085", "%~e%00/%~e%C2%85")]
    [InlineData("%~x", "%~e%25~x")]
    public void Plain_Key_IsEscapedOnlyWhereNeeded(string key, string path)
    {
        Assert.Equal(path, KeyPath.Plain(key));
        Assert.Equal(key, KeyPath.Decode(path));
    }

    [Fact]
    public void Plain_LongSegmentOrPath_IsHexOfTheWholeKey()
    {
        var path = KeyPath.Plain("a/" + new string('s', 256));
        Assert.StartsWith("%~k/612f7373", path, StringComparison.Ordinal);
        Assert.EndsWith("73=", path, StringComparison.Ordinal);
        Assert.Equal("a/" + new string('s', 256), KeyPath.Decode(path));
        Assert.StartsWith("%~k/2f2f", KeyPath.Plain(new string('/', 1024)), StringComparison.Ordinal);
        Assert.Equal(new string('s', 255), KeyPath.Plain(new string('s', 255)));
    }

    [Fact]
    public void Choose_NameTaken_MarksFolderOrObject()
    {
        Assert.Equal("%~da/b", KeyPath.Choose("a/b", path => path == "a", _ => false));
        Assert.Equal("x/%~fa", KeyPath.Choose("x/a", _ => false, path => path == "x/a"));
        Assert.Equal("a/b", KeyPath.Decode("%~da/b"));
        Assert.Equal("x/a", KeyPath.Decode("x/%~fa"));
    }

    [Theory]
    [InlineData("%~")]
    [InlineData("%~z")]
    [InlineData("%~e%")]
    [InlineData("%~e%4")]
    [InlineData("%~e%zz")]
    [InlineData("%~e%FF")]
    [InlineData("%~k/61")]
    [InlineData("%~k/6=")]
    [InlineData("%~k/ff=")]
    public void Decode_NoSuchForm_IsNull(string path) => Assert.Null(KeyPath.Decode(path));

    [Fact]
    public void Choose_RandomKeysAndConflicts_IsReversibleAndFitsAFileSystem()
    {
        var random = new Random(20261123);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 20_000; i++)
        {
            var key = RandomKey(random);
            var chance = random.Next(4) == 0 ? 2 : 0;
            var path = KeyPath.Choose(key, _ => random.Next(4) < chance, _ => random.Next(4) < chance);
            Assert.Equal(key, KeyPath.Decode(path));
            AssertFitsAFileSystem(path);
            Assert.True(paths.TryAdd(path, key) || paths[path] == key, $"{path} is the file of two keys");
        }
    }

    private static void AssertFitsAFileSystem(string path)
    {
        Assert.True(Encoding.UTF8.GetByteCount(path) <= 2100);
        Assert.All(path.Split('/'), name =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255);
            Assert.False(name is "." or ".." || name.Any(char.IsControl));
        });
    }

    private static string RandomKey(Random random)
    {
        string[] parts =
        [
            "/", "/", "/", ".", "..", "%", "%~", "%~e", "%~d", "%~f", "%~k", "a", "b", "41", "=", "~", "é", "😀",
            "\0", "\n", "\u0085", " ", "\\", "%41", new string('s', 120),
        ];
        var key = new StringBuilder();
        var length = random.Next(1, random.Next(4) == 0 ? 400 : 12);
        while (key.Length == 0 || (length-- > 0 && Encoding.UTF8.GetByteCount(key.ToString()) < 900))
        {
            key.Append(parts[random.Next(parts.Length)]);
        }

        return key.ToString();
    }
}
