using System.Text.Json;

namespace Tarn.Clients;

/// <summary>One event of a server-sent event stream.</summary>
internal sealed record ServerEvent(string Name, JsonElement Data);
