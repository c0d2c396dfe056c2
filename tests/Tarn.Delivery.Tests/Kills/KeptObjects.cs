using System.Text.Json;
using Tarn.DuckDb;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Tests.Kills;

/// <summary>Reads back what deliveries wrote: every object, with other means than those that wrote it.</summary>
internal sealed class KeptObjects(KillServer server, IDuckDb duckDb)
{
    /// <summary>Every object is read, every folder of a table is a partition, and the reverse.</summary>
    public async Task CheckAsync(SentRecords sent)
    {
        foreach (var (log, delivery, prefix) in new[]
        {
            (KillLake.Stream, KillLake.Hourly, "raw/hourly/"), (KillLake.Stream, KillLake.Event, "raw/event/"),
            (KillLake.Stream, KillLake.Rows, "raw/rows/"), (KillLake.Dynamic, KillLake.Dynamic, "dynamic/"),
            (KillLake.Plain, KillLake.Plain, "plain/"), (KillLake.Plain, "the backup", "source/"),
        })
        {
            sent.Check(log, delivery, await IdsAsync(prefix));
        }

        Assert.Empty(await KeysAsync("failed/"));
        Assert.Empty(await KeysAsync("raw/errors/"));
        foreach (var table in KillLake.Tables)
        {
            var partitions = await server.Catalog.ListPartitionsAsync(KillLake.TableOf(table), default);
            var folders = (await KeysAsync($"raw/{table}/"))
                .Select(key => $"s3://lake/{key[..(key.LastIndexOf('/') + 1)]}").Distinct();
            Assert.Equal(
                folders.Order(StringComparer.Ordinal),
                partitions.Select(partition => partition.Location).Order(StringComparer.Ordinal));
        }
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string prefix)
    {
        var ids = new List<string>();
        foreach (var key in await KeysAsync(prefix))
        {
            if (key.EndsWith(".parquet", StringComparison.Ordinal))
            {
                ids.AddRange(await ReadParquetAsync(key));
                continue;
            }

            await using var content = await server.Store.OpenAsync(new ObjectKey("lake", key), null, default);
            var text = await ObjectText.ReadAsync(content!.Body, key);
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                using var json = JsonDocument.Parse(line);
                ids.Add(json.RootElement.GetProperty("id").GetString()!);
                CheckFolder(key, json.RootElement);
            }
        }

        return ids;
    }

    private static void CheckFolder(string key, JsonElement record)
    {
        if (key.StartsWith("dynamic/", StringComparison.Ordinal))
        {
            Assert.StartsWith($"dynamic/game={record.GetProperty("game").GetString()}/", key, StringComparison.Ordinal);
        }
        else if (key.StartsWith("raw/event/", StringComparison.Ordinal))
        {
            Assert.Contains($"/hour={record.GetProperty("at").GetString()![11..13]}/", key, StringComparison.Ordinal);
        }
    }

    private async Task<IReadOnlyList<string>> ReadParquetAsync(string key)
    {
        using var file = await server.Store.OpenLocalAsync(new ObjectKey("lake", key), default);
        using var session = duckDb.OpenSession();
        using var rows = await session.QueryAsync($"SELECT id FROM read_parquet('{file!.Path}')", default);
        var ids = new List<string>();
        while (rows.Read())
        {
            ids.Add((string)rows.GetValue(0)!);
        }

        return ids;
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        string? after = null;
        do
        {
            var listing = new ObjectListing { Prefix = prefix, After = after };
            var page = await server.Store.ListAsync("lake", listing, default);
            keys.AddRange(page.Objects.Select(info => info.Key.Key));
            after = page.NextAfter;
        }
        while (after is not null);
        return keys;
    }
}
