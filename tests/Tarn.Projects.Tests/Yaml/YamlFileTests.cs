using Tarn.Primitives.Errors;
using Tarn.Projects.Yaml;

namespace Tarn.Projects.Tests.Yaml;

/// <summary>What a document as a whole may be.</summary>
public sealed class YamlFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData("# a remark\n")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("{}")]
    public void Parse_EmptyDocument_IsAnEmptyMap(string text)
    {
        var root = YamlFile.Parse("a.yaml", text);
        root.End();

        Assert.Empty(root.Keys);
        Assert.Empty(root.File.Errors);
    }

    [Theory]
    [InlineData("a: 1\n---\nb: 2\n", "a.yaml:3:1: expected one document that is a map of keys")]
    [InlineData("- a\n", "a.yaml:1:1: expected one document that is a map of keys")]
    [InlineData("word", "a.yaml:1:1: expected one document that is a map of keys")]
    public void Parse_OtherThanOneMap_IsAnError(string text, string error) =>
        Assert.Equal([error], YamlFile.Parse("a.yaml", text).File.Errors);

    [Theory]
    [InlineData("a: 1\nb: [1, 2\n")]
    [InlineData("a: 'open\n")]
    [InlineData("a: 1\n\tb: 2\n")]
    [InlineData("a: *nowhere\n")]
    [InlineData("a: 1\na: 2\n")]
    public void Parse_BrokenText_IsOneErrorWithItsPlace(string text)
    {
        var error = Assert.Single(YamlFile.Parse("a.yaml", text).File.Errors);

        Assert.Matches(@"^a\.yaml:\d+:\d+: .+", error);
    }

    [Fact]
    public void Parse_RepeatedKey_NamesItAndItsLine()
    {
        var error = Assert.Single(YamlFile.Parse("a.yaml", "shards: 1\nname: x\nshards: 2\n").File.Errors);

        Assert.StartsWith("a.yaml:3:1: ", error);
        Assert.Contains("shards", error);
    }

    [Fact]
    public void Parse_Alias_StandsForItsAnchor()
    {
        var root = YamlFile.Parse("a.yaml", "one: &shared { shards: 3 }\ntwo: *shared\n");

        Assert.Equal(3, root.Map("two").Number("shards", 1, 10));
    }

    [Fact]
    public void Parse_AliasesThatMultiply_AreReadInNoTime()
    {
        var lines = Enumerable.Range(1, 40).Select(
            i => $"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 9))}]");
        var root = YamlFile.Parse("a.yaml", "l0: &l0 [lol]\n" + string.Join('\n', lines));

        Assert.Empty(root.File.Errors);
        Assert.Empty(root.TextList("l40"));
        root.End();
        Assert.Equal(41, root.File.Errors.Count);
        Assert.Equal("a.yaml:41:6: 'l40' of the file must be a list of texts", root.File.Errors[0]);
    }

    [Fact]
    public void Parse_AliasesThatMultiplyInAKey_AreRefused()
    {
        var lines = Enumerable.Range(1, 40).Select(i => $"l{i}: &l{i} [*l{i - 1}, *l{i - 1}, *l{i - 1}]");
        var root = YamlFile.Parse("a.yaml", "l0: &l0 [lol]\n" + string.Join('\n', lines) + "\n? *l40\n: 1\n");

        Assert.Equal(["a.yaml:42:3: a key must be a text"], root.File.Errors);
    }

    [Fact]
    public void Parse_AliasOfWhatHoldsIt_EndsAndIsRead()
    {
        var root = YamlFile.Parse("a.yaml", "a: &a { name: x, more: *a }\n");

        Assert.Equal("x", root.Map("a").Map("more").Map("more").Text("name"));
    }

    [Fact]
    public void Parse_NestedTooDeep_IsRefusedBeforeItTakesTheStack()
    {
        var root = YamlFile.Parse("a.yaml", "a: " + new string('[', 100_000));

        Assert.Equal(["a.yaml:1:67: nested deeper than 64 levels"], root.File.Errors);
    }

    [Fact]
    public void ThrowIfErrors_One_IsTheMessage()
    {
        var root = YamlFile.Parse("a.yaml", "nme: x\n");
        root.Text("name");
        root.End();

        var error = Assert.Throws<TarnException>(root.File.ThrowIfErrors);

        Assert.Equal((ErrorKind.Invalid, "a.yaml:1:1: unknown key 'nme' in the file; did you mean 'name'?", null),
            (error.Kind, error.Message, error.Detail));
    }

    [Fact]
    public void ThrowIfErrors_Several_AreALineEach()
    {
        var root = YamlFile.Parse("a.yaml", "x1: 1\nx2: 2\n");
        root.End();

        var error = Assert.Throws<TarnException>(root.File.ThrowIfErrors);

        Assert.Equal("a.yaml has 2 errors", error.Message);
        Assert.Equal(2, error.Detail!.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void ThrowIfErrors_None_IsSilent()
    {
        var root = YamlFile.Parse("a.yaml", "name: x\n");

        Assert.Equal("x", root.Text("name"));
        root.End();
        root.File.ThrowIfErrors();
    }
}
