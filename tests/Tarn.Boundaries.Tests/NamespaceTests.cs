using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tarn.Boundaries.Tests;

/// <summary>A reader finds the room by its name: folder = namespace, file = type.</summary>
public sealed class NamespaceTests
{
    [Fact]
    public void Namespace_OfEachFile_IsItsFolder()
    {
        var wrong = SourceTree.All
            .SelectMany(file => file.Root.Members.OfType<BaseNamespaceDeclarationSyntax>()
                .Where(declared => declared.Name.ToString() != Expected(file.Path))
                .Select(declared => $"{file.Path}: {declared.Name}, expected {Expected(file.Path)}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Types_OfEachSourceFile_LieInANamespace() =>
        Assert.DoesNotContain(
            SourceTree.Sources, file => file.Root.Members.OfType<BaseTypeDeclarationSyntax>().Any());

    [Fact]
    public void PublicTypes_OfEachFile_AreOneAndNameTheFile()
    {
        var wrong = SourceTree.Sources
            .Select(file => (file.Path, Types: file.TopLevelTypes
                .Where(type => type.Modifiers.Any(modifier => modifier.Text == "public"))
                .Select(type => type.Identifier.Text).ToList()))
            .Where(entry => entry.Types.Count > 1
                || (entry.Types.Count == 1 && Path.GetFileName(entry.Path).Split('.')[0] != entry.Types[0]))
            .Select(entry => $"{entry.Path}: {string.Join(", ", entry.Types)}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Parts_OfAPartialType_AreAtMostThree()
    {
        var wrong = SourceTree.Sources
            .SelectMany(file => file.TopLevelTypes
                .Select(type => (Name: Expected(file.Path) + "." + type.Identifier.Text, file.Path)))
            .GroupBy(entry => entry.Name)
            .Where(parts => parts.Select(part => part.Path).Distinct().Count() > 3)
            .Select(parts => parts.Key);
        Assert.Empty(wrong);
    }

    private static string Expected(string path)
    {
        var folders = path.Split('/')[1..^1];
        return string.Join('.', folders);
    }
}
