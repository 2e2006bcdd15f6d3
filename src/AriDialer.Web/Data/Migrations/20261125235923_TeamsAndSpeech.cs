using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AriDialer.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class TeamsAndSpeech : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "TeamId",
                table: "Calls",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TeamName",
                table: "Calls",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "EngineRules",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    NumberBegins = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    EngineId = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EngineRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KeywordHits",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RecordingId = table.Column<string>(type: "TEXT", nullable: false),
                    Phrase = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Tone = table.Column<int>(type: "INTEGER", nullable: false),
                    Side = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    From = table.Column<double>(type: "REAL", nullable: false),
                    To = table.Column<double>(type: "REAL", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeywordHits", x => x.Id);
                    table.ForeignKey(
                        name: "FK_KeywordHits_Transcripts_RecordingId",
                        column: x => x.RecordingId,
                        principalTable: "Transcripts",
                        principalColumn: "RecordingId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SpeechServers",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Model = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    ChatModel = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    RealtimeModel = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    ProtectedKey = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpeechServers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Summaries",
                columns: table => new
                {
                    RecordingId = table.Column<string>(type: "TEXT", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Model = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Steps = table.Column<string>(type: "TEXT", nullable: false),
                    EditedById = table.Column<string>(type: "TEXT", nullable: true),
                    EditedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OriginalText = table.Column<string>(type: "TEXT", nullable: true),
                    OriginalSteps = table.Column<string>(type: "TEXT", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    TryAfter = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Summaries", x => x.RecordingId);
                    table.ForeignKey(
                        name: "FK_Summaries_AspNetUsers_EditedById",
                        column: x => x.EditedById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Summaries_Transcripts_RecordingId",
                        column: x => x.RecordingId,
                        principalTable: "Transcripts",
                        principalColumn: "RecordingId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TalkFigures",
                columns: table => new
                {
                    RecordingId = table.Column<string>(type: "TEXT", nullable: false),
                    Seconds = table.Column<double>(type: "REAL", nullable: false),
                    LeftSeconds = table.Column<double>(type: "REAL", nullable: false),
                    RightSeconds = table.Column<double>(type: "REAL", nullable: false),
                    BothSeconds = table.Column<double>(type: "REAL", nullable: false),
                    SilentSeconds = table.Column<double>(type: "REAL", nullable: false),
                    LongestSilenceAt = table.Column<double>(type: "REAL", nullable: false),
                    LongestSilence = table.Column<double>(type: "REAL", nullable: false),
                    Left_Interruptions = table.Column<int>(type: "INTEGER", nullable: false),
                    Left_LongestMonologue = table.Column<double>(type: "REAL", nullable: false),
                    Left_LongestMonologueAt = table.Column<double>(type: "REAL", nullable: false),
                    Left_Turns = table.Column<int>(type: "INTEGER", nullable: false),
                    Right_Interruptions = table.Column<int>(type: "INTEGER", nullable: false),
                    Right_LongestMonologue = table.Column<double>(type: "REAL", nullable: false),
                    Right_LongestMonologueAt = table.Column<double>(type: "REAL", nullable: false),
                    Right_Turns = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TalkFigures", x => x.RecordingId);
                    table.ForeignKey(
                        name: "FK_TalkFigures_Recordings_RecordingId",
                        column: x => x.RecordingId,
                        principalTable: "Recordings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Teams",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    WhenUnanswered_Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    WhenUnanswered_To = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    WhenUnanswered_UserId = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Teams", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Keywords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Phrase = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Tone = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Side = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    TeamId = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Keywords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Keywords_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TeamMembers",
                columns: table => new
                {
                    TeamId = table.Column<string>(type: "TEXT", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeamMembers", x => new { x.TeamId, x.UserId });
                    table.ForeignKey(
                        name: "FK_TeamMembers_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TeamMembers_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            // With AddForeignKey the table would be copied, which SQLite cannot do within the migration's transaction.
            migrationBuilder.Sql(
                """
                ALTER TABLE "RecordingRules" ADD COLUMN "TeamId" TEXT NULL
                    CONSTRAINT "FK_RecordingRules_Teams_TeamId" REFERENCES "Teams" ("Id") ON DELETE CASCADE;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_RecordingRules_TeamId",
                table: "RecordingRules",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TeamId_StartedAt",
                table: "Calls",
                columns: new[] { "TeamId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_EngineRules_NumberBegins",
                table: "EngineRules",
                column: "NumberBegins",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_KeywordHits_RecordingId",
                table: "KeywordHits",
                column: "RecordingId");

            migrationBuilder.CreateIndex(
                name: "IX_Keywords_TeamId",
                table: "Keywords",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_Summaries_EditedById",
                table: "Summaries",
                column: "EditedById");

            migrationBuilder.CreateIndex(
                name: "IX_TeamMembers_UserId",
                table: "TeamMembers",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Teams_Number",
                table: "Teams",
                column: "Number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_RecordingRules_Teams_TeamId",
                table: "RecordingRules");

            migrationBuilder.DropTable(
                name: "EngineRules");

            migrationBuilder.DropTable(
                name: "KeywordHits");

            migrationBuilder.DropTable(
                name: "Keywords");

            migrationBuilder.DropTable(
                name: "SpeechServers");

            migrationBuilder.DropTable(
                name: "Summaries");

            migrationBuilder.DropTable(
                name: "TalkFigures");

            migrationBuilder.DropTable(
                name: "TeamMembers");

            migrationBuilder.DropTable(
                name: "Teams");

            migrationBuilder.DropIndex(
                name: "IX_RecordingRules_TeamId",
                table: "RecordingRules");

            migrationBuilder.DropIndex(
                name: "IX_Calls_TeamId_StartedAt",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "TeamId",
                table: "RecordingRules");

            migrationBuilder.DropColumn(
                name: "TeamId",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "TeamName",
                table: "Calls");
        }
    }
}
