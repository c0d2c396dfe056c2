namespace Tarn.Benchmarks.Figures;

/// <summary>A table as Markdown, so that a run's output is what the page of results holds.</summary>
internal sealed class FigureTable(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"a row of '{title}' has {cells.Length} cells, not {columns.Length}");
        }

        _rows.Add(cells);
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine();
        Console.WriteLine($"| {string.Join(" | ", columns)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat(" --- |", columns.Length))}");
        foreach (var row in _rows)
        {
            Console.WriteLine($"| {string.Join(" | ", row)} |");
        }
    }
}
