using System.Text.Json;
using Tarn.Catalog.Databases;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_Database.html</summary>
internal static class DatabaseAnswer
{
    public static void Write(Utf8JsonWriter answer, Database database, LakeIdentity lake)
    {
        answer.WriteStartObject();
        answer.WriteString("Name", database.Name);
        answer.WriteString("Description", database.Description);
        if (database.LocationUri is { } location)
        {
            answer.WriteString("LocationUri", location);
        }

        JsonMaps.Write(answer, "Parameters", database.Parameters);
        answer.WriteNumber("CreateTime", database.CreatedAt.ToUnixTimeMilliseconds() / 1000m);
        answer.WriteString("CatalogId", lake.AccountId);
        answer.WriteEndObject();
    }
}
