using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Statements;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Statements and what SHOW CREATE makes of them again.</summary>
public sealed class DefinitionTextTests
{
    private const string Mark = "--= ";

    [Fact]
    public async Task Print_StatementsOfTheDataFile_AsWritten_AndParsedToTheSame()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "testdata/definitions.sql"));
        var pairs = lines.Zip(lines.Skip(1)).Where(pair => pair.Second.StartsWith(Mark, StringComparison.Ordinal))
            .ToList();
        foreach (var (sql, expected) in pairs)
        {
            var printed = Print(StatementParser.Parse(sql));

            Assert.Equal(expected[Mark.Length..], printed.Replace('\n', '|'));
            Assert.Equal(printed, Print(StatementParser.Parse(printed)));
        }

        Assert.Equal(10, pairs.Count);
    }

    [Fact]
    public void Parse_Watermark_IsInTheSpec()
    {
        var create = (Statement.CreateSource)StatementParser.Parse("""
            CREATE SOURCE c (Ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '5 seconds') FROM STREAM 's' FORMAT JSON
              WITH (idle_timeout = '30 seconds', future_skew = '2 minutes', late = drop, allowed_lateness = '10 s')
            """);

        Assert.Equal(new WatermarkSpec("Ts", 5_000_000), create.Source.Watermark);
        Assert.Equal(
            new SourceOptions
            {
                IdleTimeoutMilliseconds = 30_000,
                FutureSkewMilliseconds = 120_000,
                Late = LatePolicy.Drop,
                AllowedLatenessMilliseconds = 10_000,
            },
            create.Source.Options);
    }

    private static string Print(Statement statement) => statement switch
    {
        Statement.CreateSource create => DefinitionText.Print(create.Source),
        Statement.CreateView view => DefinitionText.Print(new ViewSpec(
            "id", view.Name, view.Database ?? "default", "clicks", view.Select, view.Sql, view.Text, [], "stream",
            new Dictionary<string, ulong>())
        {
            EmitsOnClose = view.EmitsOnClose,
            Options = view.Options,
        }),
        _ => throw new InvalidOperationException(statement.ToString()),
    };
}
