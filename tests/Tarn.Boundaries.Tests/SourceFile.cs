using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tarn.Boundaries.Tests;

/// <summary>A C# file with its syntax tree; parsed once for all tests.</summary>
internal sealed record SourceFile(string Path, string Text, CompilationUnitSyntax Root)
{
    public IEnumerable<BaseTypeDeclarationSyntax> TopLevelTypes => Root.DescendantNodes()
        .OfType<BaseTypeDeclarationSyntax>()
        .Where(type => type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax);

    public override string ToString() => Path;
}
