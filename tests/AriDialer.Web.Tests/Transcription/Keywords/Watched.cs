using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription.Keywords;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Transcription.Keywords;

/// <summary>Keywords for tests.</summary>
internal static class Watched
{
    public static async Task WatchForAsync(
        this TestApp app, string phrase, KeywordTone tone = KeywordTone.Watch, RecordingSide? side = null, string? team = null)
    {
        await app.WithDatabaseAsync(database =>
        {
            database.Keywords.Add(new KeywordEntry { Phrase = phrase, Tone = tone, Side = side, TeamId = team });
            return database.SaveChangesAsync();
        });
        await app.Get<KeywordWatch>().ReloadAsync(CancellationToken.None);
    }

    public static async Task AddTeamAsync(this TestApp app, string id, params string[] members)
    {
        await app.WithDatabaseAsync(database =>
        {
            var team = new Team { Id = id, Name = $"Team {id}" };
            team.Members.AddRange(members.Select(member => new TeamMember { TeamId = id, UserId = member }));
            database.Teams.Add(team);
            return database.SaveChangesAsync();
        });
        await app.Get<KeywordWatch>().ReloadAsync(CancellationToken.None);
    }
}
