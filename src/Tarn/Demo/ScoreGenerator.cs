using Tarn.Primitives.Identity;

namespace Tarn.Demo;

/// <summary>Scores of a pool of users of whom a few play much and most play little.</summary>
internal sealed class ScoreGenerator(int users, int seed, IdSource ids, TimeProvider time)
{
    private static readonly string[] Games = ["tetris", "snake", "chess", "pinball", "asteroids"];

    private readonly Random random = new(seed);

    public Score Next()
    {
        var skewed = random.NextDouble() * random.NextDouble();
        var user = 1 + (int)(skewed * users);
        var points = (long)(100 * Math.Exp(random.NextDouble() * 5));
        return new Score(
            ids.Next().ToString(), $"user-{user:D2}", Games[random.Next(Games.Length)], points, time.GetUtcNow());
    }
}
