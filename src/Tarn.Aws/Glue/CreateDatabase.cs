using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDatabase.html</summary>
internal sealed class CreateDatabase(ICatalog catalog, LakeIdentity lake) : GlueOperation<Database>(lake)
{
    public override string Name => "CreateDatabase";

    protected override Database ReadFields(JsonMembers members)
    {
        var input = members.Object("DatabaseInput") ?? throw members.Missing("DatabaseInput");
        input.TakeNeutral("CreateTableDefaultPermissions");
        members.TakeNeutral("Tags");
        return new Database
        {
            Name = input.RequiredText("Name"),
            Description = input.Text("Description") ?? "",
            LocationUri = input.Text("LocationUri"),
            Parameters = input.Map("Parameters") ?? new Dictionary<string, string>(),
        };
    }

    protected override Task RunAsync(
        Database input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        catalog.CreateDatabaseAsync(input, cancellation);
}
