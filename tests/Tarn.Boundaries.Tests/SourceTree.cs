using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tarn.Boundaries.Tests;

/// <summary>All C# files of the repository that people write.</summary>
internal static class SourceTree
{
    public static IReadOnlyList<SourceFile> Sources { get; } = Parse("src");

    public static IReadOnlyList<SourceFile> All { get; } = [.. Sources, .. Parse("tests"), .. Parse("benchmarks")];

    public static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static SourceFile[] Parse(string folder) =>
        [.. Repository.Files(folder, ".cs").Select(path =>
        {
            var text = Repository.Read(path);
            return new SourceFile(path, text, CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot());
        })];
}
