using System.Text.Json;

namespace Tarn.Demo;

/// <summary>One finished game, as the examples' table raw.scores has it.</summary>
internal sealed record Score(string GameId, string UserId, string Game, long Points, DateTimeOffset PlayedAt)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        game_id = GameId,
        user_id = UserId,
        game = Game,
        score = Points,
        played_at = PlayedAt.UtcDateTime,
    });
}
