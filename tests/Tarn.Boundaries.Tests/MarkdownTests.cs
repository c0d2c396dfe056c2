using System.Text.RegularExpressions;

namespace Tarn.Boundaries.Tests;

/// <summary>Links between the pages of this repository lead somewhere, and what they name is there.</summary>
public sealed partial class MarkdownTests
{
    [Fact]
    public void Links_InEachPage_Resolve()
    {
        var broken = Repository.Files(".", ".md")
            .SelectMany(page => Link().Matches(WithoutCode(Repository.Read(page)))
                .Select(match => match.Groups["target"].Value.Split('#')[0])
                .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                    && !target.StartsWith("mailto:", StringComparison.Ordinal))
                .Where(target => !Exists(page, target))
                .Select(target => $"{page}: {target}"));
        Assert.Empty(broken);
    }

    [Fact]
    public void Readme_NamesOnlyFilesThatExist()
    {
        var missing = CodePath().Matches(Repository.Read("README.md"))
            .Select(match => match.Groups["path"].Value)
            .Where(path => !Exists("README.md", path));
        Assert.Empty(missing);
    }

    [Fact]
    public void Semantics_NamesOnlyTestsThatExist()
    {
        var tests = string.Concat(
            Repository.Files("tests/Tarn.ContinuousQueries.Tests", ".cs").Select(Repository.Read));
        var named = TestName().Matches(Repository.Read("docs/guide/continuous-query-semantics.md"))
            .Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Matches($@"(class|Task|void) {name}\b", tests));
    }

    private static bool Exists(string page, string target)
    {
        var path = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page) ?? "", target));
        return File.Exists(path) || Directory.Exists(path);
    }

    private static string WithoutCode(string text) => CodeBlock().Replace(text, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(docs|examples|src|tests|benchmarks)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex CodePath();

    [GeneratedRegex(@"`(?<name>[A-Za-z]+Tests|[A-Z][A-Za-z]+_[A-Za-z_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
