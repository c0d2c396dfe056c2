namespace Tarn.Projects.Tests.Lake;

/// <summary>The examples of docs/guide/delivery.md are lake.yaml files that are taken as they stand.</summary>
public sealed class DeliveryGuideTests
{
    private const string Fence = "```";

    [Fact]
    public void Examples_OfTheGuide_AreReadWithoutError()
    {
        var blocks = File.ReadAllText(Path.Combine(Root(), "docs", "guide", "delivery.md"))
            .Split(Fence + "yaml\n")[1..]
            .Select(block => block.Split(Fence)[0])
            .ToList();

        Assert.Equal(6, blocks.Count);
        Assert.All(blocks, block =>
        {
            using var folder = new ProjectFolder();
            Assert.Single(folder.With("lake.yaml", block).Read().Deliveries);
        });
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Tarn.slnx")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }
}
