using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_GetDatabases.html</summary>
internal sealed class GetDatabases(ICatalog catalog, LakeIdentity lake) : GlueOperation<GluePage>(lake)
{
    private const int PageMax = 100;

    public override string Name => "GetDatabases";

    protected override GluePage ReadFields(JsonMembers members) => GluePage.Read(members, PageMax);

    protected override async Task RunAsync(
        GluePage input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var databases = await catalog.ListDatabasesAsync(cancellation);
        input.Write(
            answer, "DatabaseList", databases, (writer, database) => DatabaseAnswer.Write(writer, database, Lake));
    }
}
