using System.Xml.Linq;

namespace Tarn.Boundaries.Tests;

/// <summary>Every csproj under src against the table and the storeys of ARCHITECTURE.md, in both directions.</summary>
public sealed class DependencyTests
{
    private static readonly string[] AllowedEverywhere = ["Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    public static TheoryData<string> Projects => [.. Files];

    private static IReadOnlyList<string> Files => Repository.Files("src", ".csproj");

    [Fact]
    public void Table_Rows_AreTheProjectsOnDisk()
    {
        var onDisk = Files.Select(ShortName).Order();
        Assert.Equal(DependencyTable.Read().Keys.Order(), onDisk);
        Assert.Equal(DependencyTable.Storeys().Keys.Order(), onDisk);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfEachProject_AreThoseOfTheTable(string csproj)
    {
        var row = DependencyTable.Read()[ShortName(csproj)];
        var used = Values(csproj, "ProjectReference").Select(ShortName).Where(name => name != "Primitives").Order();
        Assert.Equal(row.Projects.Where(name => name != "Primitives").Order(), used);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfEachProject_PointDown(string csproj)
    {
        var storeys = DependencyTable.Storeys();
        var own = storeys[ShortName(csproj)];
        Assert.All(
            Values(csproj, "ProjectReference").Select(ShortName),
            name => Assert.True(storeys[name] < own, $"{ShortName(csproj)} on storey {own} refers to {name}"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Packages_OfEachProject_AreThoseOfTheTable(string csproj)
    {
        var row = DependencyTable.Read()[ShortName(csproj)];
        var used = Values(csproj, "PackageReference").Concat(Values(csproj, "FrameworkReference")).ToHashSet();
        if (Repository.Read(csproj).Contains("Sdk=\"Microsoft.NET.Sdk.Web\"", StringComparison.Ordinal))
        {
            used.Add("Microsoft.AspNetCore.App");
        }

        if (ShortName(csproj) is not ("Primitives" or "Sql"))
        {
            used.RemoveWhere(name => name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                && name.EndsWith(".Abstractions", StringComparison.Ordinal));
        }

        used.ExceptWith(AllowedEverywhere);
        Assert.Equal(row.Packages.Order(), used.Order());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void VendorPackages_OfEachProject_AreHiddenFromTheOthers(string csproj)
    {
        var visible = XDocument.Parse(Repository.Read(csproj)).Descendants("PackageReference")
            .Where(item => !Name(item).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .Where(item => item.Attribute("PrivateAssets")?.Value is not ("compile" or "all"))
            .Select(Name);
        Assert.Empty(visible);
    }

    [Fact]
    public void EachEngine_HasATestProject()
    {
        var tests = Repository.Files("tests", ".csproj")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ToHashSet();
        Assert.All(Files, path => Assert.Contains(Path.GetFileNameWithoutExtension(path) + ".Tests", tests));
    }

    private static string ShortName(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
        return name.StartsWith("Tarn.", StringComparison.Ordinal) ? name["Tarn.".Length..] : name;
    }

    private static IEnumerable<string> Values(string csproj, string element) =>
        XDocument.Parse(Repository.Read(csproj)).Descendants(element).Select(Name);

    private static string Name(XElement item) => item.Attribute("Include")!.Value;
}
