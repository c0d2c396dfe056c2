using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>
/// https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html, all of a table's; no Expression.
/// </summary>
internal sealed class GetPartitions(ICatalog catalog, LakeIdentity lake) : GlueOperation<GetPartitions.Input>(lake)
{
    private const int PageMax = 1000;

    public override string Name => "GetPartitions";

    protected override Input ReadFields(JsonMembers members)
    {
        var table = TableKey.Read(members, "TableName");
        members.TakeNeutral("Expression");
        return new Input(table, GluePage.Read(members, PageMax));
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var table = await TableKey.FindAsync(catalog, input.Table, cancellation);
        var partitions = await catalog.ListPartitionsAsync(input.Table, cancellation);
        input.Page.Write(answer, "Partitions", partitions, (writer, partition) => Write(writer, table, partition));
    }

    private void Write(Utf8JsonWriter answer, Table table, Partition partition)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("Values");
        foreach (var value in partition.Values)
        {
            answer.WriteStringValue(value);
        }

        answer.WriteEndArray();
        answer.WriteString("DatabaseName", table.Name.Database);
        answer.WriteString("TableName", table.Name.Name);
        answer.WriteNumber("CreationTime", partition.CreatedAt.ToUnixTimeMilliseconds() / 1000m);
        answer.WritePropertyName("StorageDescriptor");
        TableAnswer.WriteStorage(answer, table.Storage, partition.Location);
        answer.WriteString("CatalogId", Lake.AccountId);
        answer.WriteEndObject();
    }

    internal sealed record Input(TableName Table, GluePage Page);
}
