using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.Sql;

/// <summary>What somebody does in the first minutes, on a lake that nobody described.</summary>
public sealed class NewLakeTests
{
    [Fact]
    public async Task FirstStatements_WithoutAProject_NeedNoOtherStep()
    {
        using var directory = new TempDirectory();
        await using var server = await TarnServerProcess.StartAsync("--data", Path.Combine(directory.Path, "data"));

        var first = await SqlAsync("SELECT 1 AS one");
        var made = await SqlAsync(
            "CREATE DATABASE games; CREATE TABLE games.scores AS SELECT 'ann' AS player, 7 AS score; "
            + "SELECT player, score FROM games.scores");
        var missing = await SqlAsync("CREATE TABLE away WITH (external_location = 's3://away/t/') AS SELECT 1 AS a");

        Assert.Equal("\"one\"\n\"1\"\n", first.MustSucceed());
        Assert.Equal("\"player\",\"score\"\n\"ann\",\"7\"\n", made.MustSucceed());
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("bucket 'away'", missing.Error, StringComparison.Ordinal);
        Assert.Contains("tarn s3 mb s3://away", missing.Error, StringComparison.Ordinal);

        Task<ClientOutput> SqlAsync(string sql) => TarnExecutable.RunAsync(
            "sql", "--data", server.DataDirectory, "--output", "csv", "-c", sql);
    }
}
