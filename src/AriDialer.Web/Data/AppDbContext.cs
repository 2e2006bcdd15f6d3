using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AriDialer.Web.Data;

internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : IdentityDbContext<AppUser>(options)
{
    public DbSet<CallRecord> Calls => Set<CallRecord>();

    public DbSet<CallEvent> CallEvents => Set<CallEvent>();

    public DbSet<CallParticipant> CallParticipants => Set<CallParticipant>();

    public DbSet<CallNote> CallNotes => Set<CallNote>();

    public DbSet<PhoneSession> PhoneSessions => Set<PhoneSession>();

    public DbSet<EndedSignIn> EndedSignIns => Set<EndedSignIn>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<Favourite> Favourites => Set<Favourite>();
    public DbSet<CallSettings> CallSettings => Set<CallSettings>();

    public DbSet<DeskPhone> DeskPhones => Set<DeskPhone>();

    public DbSet<VoicemailEntry> Voicemail => Set<VoicemailEntry>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();

    public DbSet<RecordingEntry> Recordings => Set<RecordingEntry>();

    public DbSet<RecordingComment> RecordingComments => Set<RecordingComment>();

    public DbSet<TalkEntry> TalkFigures => Set<TalkEntry>();

    public DbSet<RecordingRuleEntry> RecordingRules => Set<RecordingRuleEntry>();

    public DbSet<TranscriptEntry> Transcripts => Set<TranscriptEntry>();

    public DbSet<TranscriptSegmentEntry> TranscriptSegments => Set<TranscriptSegmentEntry>();

    public DbSet<SpeechServerEntry> SpeechServers => Set<SpeechServerEntry>();

    public DbSet<EngineRuleEntry> EngineRules => Set<EngineRuleEntry>();

    public DbSet<KeywordEntry> Keywords => Set<KeywordEntry>();

    public DbSet<KeywordHitEntry> KeywordHits => Set<KeywordHitEntry>();

    public DbSet<SummaryEntry> Summaries => Set<SummaryEntry>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configuration.Properties<CallDirection>().HaveConversion<string>().HaveMaxLength(16);
        configuration.Properties<CallState>().HaveConversion<string>().HaveMaxLength(16);
        configuration.Properties<EndedBy>().HaveConversion<string>().HaveMaxLength(16);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        builder.Entity<AppUser>(user =>
        {
            user.Property(u => u.DisplayName).HasMaxLength(AppUser.NameLength);
            user.Property(u => u.Number).HasMaxLength(16);
            user.Property(u => u.Region).HasMaxLength(2);
            user.HasIndex(u => u.Number).IsUnique();
        });
        builder.Entity<CallRecord>(call =>
        {
            call.ToTable("Calls");
            call.Ignore(c => c.Duration);
            call.HasIndex(c => c.StartedAt);
            call.HasIndex(c => new { c.CallerUserId, c.StartedAt });
            call.HasIndex(c => new { c.CalleeUserId, c.StartedAt });
            call.HasIndex(c => new { c.TeamId, c.StartedAt });
            call.HasIndex(c => c.EndedAt);
            call.HasMany(c => c.Notes).WithOne().HasForeignKey(n => n.CallId);
        });
        builder.Entity<CallNote>(note =>
        {
            note.Property(n => n.Text).HasMaxLength(CallNote.TextLength);
            note.HasOne(n => n.Author).WithMany().HasForeignKey(n => n.AuthorId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<PhoneSession>(session =>
        {
            session.HasKey(s => s.Endpoint);
            session.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId);
            // Two requests of one sign-in that race for its phone: the second finds the first's.
            session.HasIndex(s => s.SignInId).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL");
        });
        builder.Entity<AuditEntry>(entry => entry.HasIndex(e => new { e.SubjectId, e.At }));
        builder.ApplyConfiguration(new ContactConfiguration());
        builder.ApplyConfiguration(new ContactNumberConfiguration());
        builder.ApplyConfiguration(new FavouriteConfiguration());
        builder.ApplyConfiguration(new CallSettingsConfiguration());
        builder.ApplyConfiguration(new DeskPhoneConfiguration());
        builder.ApplyConfiguration(new VoicemailEntryConfiguration());
        builder.ApplyConfiguration(new RecordingEntryConfiguration());
        builder.ApplyConfiguration(new RecordingCommentConfiguration());
        builder.ApplyConfiguration(new RecordingRuleEntryConfiguration());
    }

    /// <summary>SQLite has no type for moments: as text they neither sort nor compare, as milliseconds they do both.</summary>
    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        moment => moment.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
