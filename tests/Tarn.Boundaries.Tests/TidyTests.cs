using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tarn.Boundaries.Tests;

/// <summary>The rules of STYLE.md that a machine can keep. The list of exceptions is empty and stays so.</summary>
public sealed partial class TidyTests
{
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 70;
    private const int LineCharactersMax = 120;

    private static readonly string[] VagueNames =
        ["Manager", "Helper", "Helpers", "Utils", "Util", "Processor", "Common"];

    [Fact]
    public void Files_AreAtMost400Lines() =>
        MustBeNone(SourceTree.All.Concat(Razor())
            .Select(file => (file.Path, Lines: file.Text.Count(letter => letter == '\n')))
            .Where(file => file.Lines > FileLinesMax)
            .Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void Lines_AreAtMost120Characters() =>
        MustBeNone(SourceTree.All
            .SelectMany(file => file.Text.Split('\n')
                .Select((line, index) => (file.Path, Number: index + 1, line.TrimEnd('\r').Length)))
            .Where(line => line.Length > LineCharactersMax)
            .Select(line => $"{line.Path}:{line.Number}: {line.Length} characters"));

    [Fact]
    public void Methods_AreAtMost70Lines() =>
        MustBeNone(SourceTree.All
            .SelectMany(file => file.Root.DescendantNodes()
                .Where(node => node is BaseMethodDeclarationSyntax
                    or LocalFunctionStatementSyntax
                    or AccessorDeclarationSyntax)
                .Select(node => (
                    file.Path,
                    Line: SourceTree.Line(node),
                    Lines: WithoutAttributes(node).Count(letter => letter == '\n') + 1)))
            .Where(method => method.Lines > MethodLinesMax)
            .Select(method => $"{method.Path}:{method.Line}: {method.Lines} lines"));

    [Fact]
    public void Names_AreNotVague() =>
        MustBeNone(SourceTree.Sources
            .SelectMany(file => file.TopLevelTypes.Select(type => (file.Path, Name: type.Identifier.Text)))
            .Where(type => VagueNames.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)))
            .Select(type => $"{type.Path}: {type.Name}"));

    [Fact]
    public void Sources_HaveNoLeftovers() =>
        MustBeNone(SourceTree.Sources.Concat(Razor())
            .SelectMany(file => Leftover().Matches(file.Text)
                .Select(match => $"{file.Path}: {match.Value}")));

    [Fact]
    public void Tests_AllAssertSomething() =>
        MustBeNone(SourceTree.All.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(file => file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(method => method.AttributeLists.SelectMany(list => list.Attributes)
                    .Any(attribute => attribute.Name.ToString().EndsWith("Fact", StringComparison.Ordinal)
                        || attribute.Name.ToString().EndsWith("Theory", StringComparison.Ordinal)))
                .Where(method => !Assertion().IsMatch(method.ToString()))
                .Select(method => $"{file.Path}:{SourceTree.Line(method)}: {method.Identifier.Text}")));

    /// <summary>The rows of a theory are a table, not code.</summary>
    private static string WithoutAttributes(SyntaxNode method) => method is BaseMethodDeclarationSyntax declaration
        && declaration.AttributeLists.Count > 0
            ? method.ToString()[(declaration.AttributeLists.Span.End - method.SpanStart)..]
            : method.ToString();

    /// <summary>Fails with every line; xunit's own message ends after a few.</summary>
    private static void MustBeNone(IEnumerable<string> faults)
    {
        var lines = string.Join('\n', faults);
        Assert.True(lines.Length == 0, lines);
    }

    private static IEnumerable<SourceFile> Razor() =>
        Repository.Files("src", ".razor", ".css").Select(path =>
            new SourceFile(path, Repository.Read(path), Microsoft.CodeAnalysis.CSharp.SyntaxFactory.CompilationUnit()));

    [GeneratedRegex(@"#region|\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException|\bfor now\b")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"\bAssert|\bExpect|\bShould|\bVerify|\bMust")]
    private static partial Regex Assertion();
}
