using Tarn.Projects.Yaml;

namespace Tarn.Projects.Tests.Yaml;

/// <summary>Reads of keys, and what each says of a value that is not as it must be.</summary>
public sealed class YamlMapTests
{
    [Fact]
    public void End_UnknownKey_NamesPlaceAndNearestKey()
    {
        var root = Parse("""
            streams:
              scores:
                shards: 2
                retention_hour: 24
            """);
        foreach (var (_, stream) in root.Maps("streams"))
        {
            stream.Number("shards", 1, 10);
            stream.Number("retention_hours", 24, 8760);
            stream.End();
        }

        root.End();

        MustFail(root, "a.yaml:4:5: unknown key 'retention_hour' in streams 'scores'; did you mean 'retention_hours'?");
    }

    [Fact]
    public void End_UnknownKeyUnlikeAny_HasNoHint()
    {
        var root = Parse("colour: red\n");
        root.Text("name");
        root.End();

        MustFail(root, "a.yaml:1:1: unknown key 'colour' in the file");
    }

    [Theory]
    [InlineData("n: 1", 1L)]
    [InlineData("n: 10", 10L)]
    [InlineData("n: '7'", 7L)]
    public void Number_WithinBounds_IsRead(string text, long number)
    {
        var root = Parse(text);

        Assert.Equal(number, root.Number("n", 1, 10));
        Assert.Empty(root.File.Errors);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("-1")]
    [InlineData("2.0")]
    [InlineData("two")]
    [InlineData("1_0")]
    [InlineData("0x5")]
    [InlineData("99999999999999999999")]
    public void Number_OutOfBoundsOrNone_IsAnError(string value)
    {
        var root = Parse("n: " + value);

        Assert.Null(root.Number("n", 1, 10));
        MustFail(root, $"a.yaml:1:4: 'n' of the file must be a whole number from 1 to 10, not '{value}'");
    }

    [Fact]
    public void Number_Absent_IsNullWithoutAnError()
    {
        var root = Parse("");

        Assert.Null(root.Number("n", 1, 10));
        Assert.Empty(root.File.Errors);
    }

    [Fact]
    public void Choice_AnotherWord_NamesTheWordsAndTheNearest()
    {
        var root = Parse("format: parquett");

        Assert.Null(root.Choice("format", ["json", "parquet"]));
        MustFail(
            root,
            "a.yaml:1:9: 'format' of the file must be one of json, parquet, not 'parquett'; did you mean 'parquet'?");
    }

    [Fact]
    public void Choice_WordInCapitals_IsAnotherWord()
    {
        var root = Parse("format: JSON");

        Assert.Null(root.Choice("format", ["json", "parquet"]));
        Assert.Single(root.File.Errors);
    }

    [Theory]
    [InlineData("name: [a]")]
    [InlineData("name: { a: b }")]
    public void Text_OfAnotherType_IsOneError(string text)
    {
        var root = Parse(text);

        Assert.Equal("", root.RequiredText("name"));
        MustFail(root, "a.yaml:1:7: 'name' of the file must be a text");
    }

    [Theory]
    [InlineData("")]
    [InlineData("name:")]
    [InlineData("name: ''")]
    [InlineData("name: '  '")]
    public void RequiredText_AbsentOrBlank_IsAnError(string text)
    {
        var root = Parse(text);

        root.RequiredText("name");

        Assert.EndsWith("the file needs 'name'", Assert.Single(root.File.Errors));
    }

    [Theory]
    [InlineData("buckets: lake", 10)]
    [InlineData("buckets: { lake: 1 }", 10)]
    [InlineData("buckets: [[lake]]", 10)]
    public void TextList_OfAnotherType_IsAnError(string text, int column)
    {
        var root = Parse(text);

        Assert.Empty(root.TextList("buckets"));
        MustFail(root, $"a.yaml:1:{column}: 'buckets' of the file must be a list of texts");
    }

    [Fact]
    public void Maps_EntryWithoutValue_IsAnEmptyMap()
    {
        var entry = Assert.Single(Parse("streams:\n  scores:\n").Maps("streams"));

        Assert.Equal("scores", entry.Key);
        Assert.Empty(entry.Value.Keys);
    }

    [Fact]
    public void Maps_EntryOfAnotherType_IsAnErrorAndTheOthersAreRead()
    {
        var root = Parse("streams:\n  a: 2\n  b: { shards: 1 }\n");

        Assert.Equal(["b"], root.Maps("streams").Select(entry => entry.Key));
        MustFail(root, "a.yaml:2:6: 'a' of streams must be a map of keys");
    }

    [Fact]
    public void Map_OfAnotherType_IsAnError()
    {
        var root = Parse("streams: [a]");

        Assert.Empty(root.Maps("streams"));
        MustFail(root, "a.yaml:1:10: 'streams' of the file must be a map of keys");
    }

    [Fact]
    public void List_ItemOfAnotherType_IsAnErrorWithItsPosition()
    {
        var root = Parse("tiles:\n- title: a\n- b\n");

        Assert.Single(root.List("tiles"));
        MustFail(root, "a.yaml:3:3: item 2 of 'tiles' must be a map of keys");
    }

    [Fact]
    public void List_OfAnotherType_IsAnError()
    {
        var root = Parse("tiles: none");

        Assert.Empty(root.List("tiles"));
        MustFail(root, "a.yaml:1:8: 'tiles' of the file must be a list");
    }

    [Fact]
    public void Texts_OfAMap_KeepTheFilesOrder() =>
        Assert.Equal(
            [new("z", "string"), new("a", "bigint")], Parse("columns: { z: string, a: bigint }").Texts("columns"));

    private static YamlMap Parse(string text) => YamlFile.Parse("a.yaml", text);

    private static void MustFail(YamlMap map, string error) => Assert.Equal([error], map.File.Errors);
}
